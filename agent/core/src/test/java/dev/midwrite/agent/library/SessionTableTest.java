package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.AttributePlace;
import org.junit.jupiter.api.Test;

/** Statements as Spring Session has them, of its own and of what it ships for several databases. */
class SessionTableTest {
    private static final AttributePlace PLAIN = new AttributePlace.Parameters(2, 3);
    private static final String INSERT =
            "INSERT INTO SPRING_SESSION_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES) ";

    @Test
    void anInsertHasNameAndBytes() {
        assertThat(SessionTable.place(INSERT + "VALUES (?, ?, ?) ")).isEqualTo(PLAIN);
    }

    @Test
    void anInsertOfARowThatIsSelected() {
        assertThat(SessionTable.place(INSERT + "SELECT PRIMARY_ID, ?, ? FROM SPRING_SESSION WHERE SESSION_ID = ?"))
                .isEqualTo(new AttributePlace.Parameters(1, 2));
    }

    @Test
    void anUpdateHasTheBytesFirst() {
        assertThat(SessionTable.place("UPDATE app.\"SPRING_SESSION_ATTRIBUTES\" SET ATTRIBUTE_BYTES = ? "
                        + "WHERE SESSION_PRIMARY_ID = ? AND ATTRIBUTE_NAME = ? "))
                .isEqualTo(new AttributePlace.Parameters(3, 1));
    }

    @Test
    void aDeleteHasNoBytes() {
        assertThat(SessionTable.place("DELETE FROM SPRING_SESSION_ATTRIBUTES "
                        + "WHERE SESSION_PRIMARY_ID = ? AND ATTRIBUTE_NAME = ? "))
                .isEqualTo(new AttributePlace.Parameters(2, 0));
    }

    @Test
    void insertsThatUpdate() {
        assertThat(SessionTable.place(INSERT + "VALUES (?, ?, ?) "
                        + "ON CONFLICT (SESSION_PRIMARY_ID, ATTRIBUTE_NAME) "
                        + "DO UPDATE SET ATTRIBUTE_BYTES = EXCLUDED.ATTRIBUTE_BYTES "))
                .isEqualTo(PLAIN);
        assertThat(SessionTable.place(INSERT + "VALUES (?, ?, ?) "
                        + "ON DUPLICATE KEY UPDATE ATTRIBUTE_BYTES = VALUES(ATTRIBUTE_BYTES)"))
                .isEqualTo(PLAIN);
    }

    private static String merge(String using) {
        return "MERGE INTO SPRING_SESSION_ATTRIBUTES SA USING ( " + using
                + "ON (SA.SESSION_PRIMARY_ID = A.SESSION_PRIMARY_ID and SA.ATTRIBUTE_NAME = A.ATTRIBUTE_NAME) "
                + "WHEN MATCHED THEN   UPDATE SET ATTRIBUTE_BYTES = A.ATTRIBUTE_BYTES "
                + "WHEN NOT MATCHED THEN   INSERT (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES) "
                + "  VALUES (A.SESSION_PRIMARY_ID, A.ATTRIBUTE_NAME, A.ATTRIBUTE_BYTES);";
    }

    @Test
    void merges() {
        assertThat(SessionTable.place(
                        merge("  SELECT ? AS SESSION_PRIMARY_ID, ? AS ATTRIBUTE_NAME, ? AS ATTRIBUTE_BYTES "
                                + "  FROM DUAL ) A ")))
                .isEqualTo(PLAIN);
        assertThat(
                        SessionTable.place(
                                merge(
                                        "  SELECT CAST(? AS CHAR(36)) AS SESSION_PRIMARY_ID,"
                                                + " CAST(? AS VARCHAR(200)) AS ATTRIBUTE_NAME, ? AS ATTRIBUTE_BYTES   FROM SYSIBM.SYSDUMMY1 ) A ")))
                .isEqualTo(PLAIN);
        assertThat(SessionTable.place(
                        merge("  VALUES (?, ?, ?) ) A (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES) ")))
                .isEqualTo(PLAIN);
    }

    @Test
    void aLoadBringsAllAttributes() {
        assertThat(SessionTable.place("SELECT S.PRIMARY_ID, S.SESSION_ID, SA.ATTRIBUTE_NAME, SA.ATTRIBUTE_BYTES "
                        + "FROM SPRING_SESSION S "
                        + "LEFT JOIN SPRING_SESSION_ATTRIBUTES SA ON S.PRIMARY_ID = SA.SESSION_PRIMARY_ID "
                        + "WHERE S.SESSION_ID = ? "))
                .isEqualTo(new AttributePlace.Columns("ATTRIBUTE_NAME", "ATTRIBUTE_BYTES"));
    }

    @Test
    void whatHasNoAttributesIsLeftAlone() {
        assertThat(SessionTable.place("UPDATE SPRING_SESSION SET SESSION_ID = ? WHERE PRIMARY_ID = ?"))
                .isNull();
        assertThat(SessionTable.place("SELECT 'ATTRIBUTE_NAME' FROM T -- ATTRIBUTE_NAME\n WHERE A = ?"))
                .isNull();
        assertThat(SessionTable.place("")).isNull();
    }

    @Test
    void whatIsNotUnderstoodIsSaidToBeUnknown() {
        AttributePlace unknown = new AttributePlace.Unknown();
        assertThat(SessionTable.place("DELETE FROM SPRING_SESSION_ATTRIBUTES WHERE ATTRIBUTE_NAME IN (?, ?)"))
                .isEqualTo(unknown);
        assertThat(SessionTable.place(
                        "UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = concat(ATTRIBUTE_BYTES, ?)"
                                + " WHERE ATTRIBUTE_NAME = ?"))
                .isEqualTo(unknown);
        assertThat(SessionTable.place(INSERT + "VALUES (?, 'a literal', ?)")).isEqualTo(unknown);
    }
}
