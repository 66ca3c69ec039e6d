package koc.cli;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A class loader that remembers which classes its parent does not have; the parent must gain none later.
 *
 * <p>The compiler of what Spark generates asks for every name that could be a class, and asks again for every plan; each
 * time a class that is nowhere is looked for in two hundred jars. Loaders below this one, such as Spark's for added jars,
 * go on to look for themselves.
 */
final class AbsentClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Set<String> absent = ConcurrentHashMap.newKeySet();

    AbsentClasses(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (absent.contains(name)) {
            throw new Absent(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        absent.add(name);
        throw new ClassNotFoundException(name);
    }

    /** Thrown by the hundred thousand: where it comes from is not told, for gathering that costs more than the answer. */
    private static final class Absent extends ClassNotFoundException {
        private Absent(String name) {
            super(name);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
