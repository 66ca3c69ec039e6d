package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/** The type of a KOC, which follows from their role in {@code users} and decides the relation of their members. */
public enum KocType {
    EMPLOYEE("employee", "employee_friend"),
    GUIDE("guide", "guide_customer"),
    EXTERNAL("external", "external_friend"),
    /** All others: consumers, and people without a row in {@code users}. */
    USER("consumer", "user_friend");

    private final String role;
    private final String relation;

    KocType(String role, String relation) {
        this.role = role;
        this.relation = relation;
    }

    /** The type as it is written in tables: employee, guide, external or user. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role in {@code users} of people of this type. */
    public String role() {
        return role;
    }

    /** The relation of a member to a KOC of this type, such as employee_friend. */
    public String relation() {
        return relation;
    }

    /** Whether a column has this type; null for null. */
    public Column is(Column type) {
        return type.equalTo(code());
    }

    /** The type of a person with this role; user for consumers and for people without a role; never null. */
    public static Column fromRole(Column role) {
        return when(role.isin(EMPLOYEE.role, GUIDE.role, EXTERNAL.role), role).otherwise(USER.code());
    }

    /** The relation of members to a KOC with this role; never null. */
    public static Column relationFromRole(Column role) {
        return when(role.equalTo(EMPLOYEE.role), EMPLOYEE.relation)
                .when(role.equalTo(GUIDE.role), GUIDE.relation)
                .when(role.equalTo(EXTERNAL.role), EXTERNAL.relation)
                .otherwise(USER.relation);
    }

    /** Whether the column {@code relation} is that of members to a KOC of this type. */
    public Column matchesRelation() {
        return col("relation").equalTo(relation);
    }

    /** Whether a type is staff of the brand: employee or guide; null for null. */
    public static Column isStaff(Column type) {
        return type.isin(EMPLOYEE.code(), GUIDE.code());
    }

    /** All types as they are written in tables. */
    public static Set<String> codes() {
        return Arrays.stream(values()).map(KocType::code).collect(Collectors.toUnmodifiableSet());
    }

    /** All roles that may occur in {@code users}. */
    public static Set<String> roles() {
        return Arrays.stream(values()).map(KocType::role).collect(Collectors.toUnmodifiableSet());
    }
}
