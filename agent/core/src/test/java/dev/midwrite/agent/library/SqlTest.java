package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement is called, and that nothing else of it is. */
class SqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "UPDATE SPRING_SESSION SET SESSION_ID = ? WHERE PRIMARY_ID = ? | UPDATE SPRING_SESSION",
                "INSERT INTO SPRING_SESSION_ATTRIBUTES (A, B) VALUES (?, ?) | INSERT SPRING_SESSION_ATTRIBUTES",
                "delete from app.\"Sessions\" where id = 'from secret' | DELETE app.Sessions",
                "SELECT S.ID, 'x FROM secret' FROM [dbo].[S] S LEFT JOIN T | SELECT dbo.S",
                "SELECT nextval('s') | SELECT",
                "/* by */ INSERT /*+ APPEND */ INTO `t` VALUES ('secret') | INSERT t",
                "UPDATE ONLY t SET a = 'secret' | UPDATE t",
                "{? = call f('secret')} | CALL f",
                "(SELECT 1 FROM t) | SELECT t",
                "MERGE INTO t USING s | MERGE t",
                "WITH x AS (SELECT 'secret') INSERT INTO t | WITH",
                "'secret' | SQL",
                "42 | SQL",
                "CALL 42 | CALL",
                "UPDATE 'secret' | UPDATE",
                "INSERT INTO 'secret' | INSERT",
                "INSERT 'INTO secret | INSERT",
                "SELECT 'FROM secret | SELECT",
                "LOCK TABLE t | LOCK",
            })
    void isCalledByVerbAndTable(String text, String name) {
        assertThat(new Sql(text).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", ";", "SELECT 1", "select 1 from dual", "/* ping */ SELECT 1", "VALUES 1"})
    void aLookWhetherTheConnectionLivesIsNoCommand(String text) {
        assertThat(new Sql(text).name()).isEmpty();
    }

    @Test
    void aTextWithoutEndIsReadToALimit() {
        assertThat(new Sql("SELECT " + "a, ".repeat(100_000) + "b FROM t").name())
                .isEqualTo("SELECT");
        assertThat(new Sql("x".repeat(100_000)).name()).isEqualTo("SQL");
        assertThat(new Sql("UPDATE " + "x".repeat(100_000)).name()).hasSize("UPDATE ".length() + 128);
    }
}
