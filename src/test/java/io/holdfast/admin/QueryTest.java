package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.admin.Problem.FieldError;
import io.holdfast.kernel.BotId;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void absent_parameters_have_their_defaults() {
        Query query = new Query();
        assertThat(query.limit(null)).isEqualTo(50);
        assertThat(query.position(null, "bots", 7)).isEqualTo(7);
        assertThatCode(query::verify).doesNotThrowAnyException();
    }

    @Test
    void every_wrong_parameter_is_told_at_once() {
        Query query = new Query();
        query.limit("201");
        query.bot("-1");
        query.position("x", "bots", 0);
        ProblemException problem = catchThrowableOfType(ProblemException.class, query::verify);
        assertThat(problem.problem()).isEqualTo(AdminProblem.INVALID_PARAMETERS);
        assertThat(problem.errors()).extracting(FieldError::parameter).containsExactly("limit", "botId", "cursor");
    }

    @Test
    void a_bot_is_a_positive_number() {
        assertThat(Query.botId("4711")).contains(new BotId(4711));
        assertThat(Query.botId("0")).isEmpty();
        assertThat(Query.botId("4711x")).isEmpty();
        assertThat(Query.botId("99999999999999999999")).isEmpty();
    }
}
