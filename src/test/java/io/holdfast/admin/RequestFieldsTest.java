package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.admin.Problem.FieldError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFieldsTest {

    @Test
    void valid_fields_come_out_as_they_were_sent() {
        RequestFields fields = of("{\"name\":\"Größe 🐘\",\"takeover\":true}");
        assertThat(fields.name("name", 8)).isEqualTo("Größe 🐘");
        assertThat(fields.flag("takeover", false)).isTrue();
        assertThat(fields.flag("absent", true)).isTrue();
        fields.verify();
    }

    @Test
    void every_mistake_is_told_by_its_pointer() {
        RequestFields fields = of("{\"name\":5,\"id\":\"1-1-1-1-1\",\"flag\":\"yes\",\"a/b~c\":1}");
        fields.text("name", 1, 10);
        fields.id("id");
        fields.flag("flag", false);
        fields.text("missing", 1, 10);
        ProblemException problem = catchThrowableOfType(ProblemException.class, fields::verify);
        assertThat(problem.errors())
                .extracting(FieldError::pointer)
                .containsExactly("/name", "/id", "/flag", "/missing", "/a~1b~0c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\u0000b\"", "\"a\\nb\"", "\"\\ud800\"", "\"\"", "\"12345678901\"", "null", "[]"})
    void a_text_that_cannot_be_stored_as_it_is_is_refused(String value) {
        RequestFields fields = of("{\"name\":" + value + "}");
        fields.text("name", 1, 10);
        assertThat(catchThrowableOfType(ProblemException.class, fields::verify).errors())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1]", "{", "{\"a\":1,\"a\":2}", "{\"a\":1} {}", "{a:1}", "{\"a\":NaN}"})
    void what_is_not_one_json_object_is_malformed(String body) {
        assertThat(catchThrowableOfType(ProblemException.class, () -> of(body)).problem())
                .isEqualTo(AdminProblem.MALFORMED_JSON);
    }

    @Test
    void a_malformed_body_is_not_quoted() {
        String body = "{\"token\": precious}";
        assertThat(catchThrowableOfType(ProblemException.class, () -> of(body)))
                .hasMessageNotContaining("precious")
                .hasMessageContaining("line 1");
    }

    @Test
    void deep_nesting_is_malformed() {
        String body = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertThat(catchThrowableOfType(ProblemException.class, () -> of(body)).problem())
                .isEqualTo(AdminProblem.MALFORMED_JSON);
    }

    @Test
    void bytes_that_are_not_utf_8_are_malformed() {
        byte[] body = "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(catchThrowableOfType(ProblemException.class, () -> RequestReader.parse(body))
                        .problem())
                .isEqualTo(AdminProblem.MALFORMED_JSON);
    }

    private static RequestFields of(String body) {
        return new RequestFields(RequestReader.parse(body.getBytes(StandardCharsets.UTF_8)));
    }
}
