package koc.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where {@link SettingsBinder} finds a value whose place does not follow from the component's name. On a record: the
 * section of its components.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Key {
    /** The whole path, which begins with {@code koc}, or a key of the record's own section. */
    String value();
}
