package koc.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the key that {@link SettingsBinder} reads, where it differs from the name of the component. On a record: the section
 * of its components.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Key {
    /** The full path, which starts with {@code koc}, or a key within the section of the record. */
    String value();
}
