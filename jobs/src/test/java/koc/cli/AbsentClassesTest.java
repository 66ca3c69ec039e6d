package koc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AbsentClassesTest {
    private final List<String> asked = new ArrayList<>();
    private final ClassLoader parent = new ClassLoader(getClass().getClassLoader()) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }
    };

    @Test
    void aClassThatIsNowhereIsLookedForOnce() {
        ClassLoader loader = new AbsentClasses(parent);

        assertThrows(ClassNotFoundException.class, () -> loader.loadClass("koc.Nowhere"));
        ClassNotFoundException again =
                assertThrows(ClassNotFoundException.class, () -> loader.loadClass("koc.Nowhere"));

        assertEquals(List.of("koc.Nowhere"), asked);
        assertEquals(0, again.getStackTrace().length, "a stack trace costs more than the answer");
    }

    @Test
    void aClassThatIsThereComesFromTheParent() throws ClassNotFoundException {
        ClassLoader loader = new AbsentClasses(parent);

        assertSame(AbsentClassesTest.class, loader.loadClass(AbsentClassesTest.class.getName()));
    }
}
