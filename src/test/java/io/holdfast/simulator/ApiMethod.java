package io.holdfast.simulator;

/** What one method of the Bot API does. */
@FunctionalInterface
interface ApiMethod {

    /** One call, addressed and decoded. */
    record Call(SimBot bot, Params params) {}

    ApiResult answer(Call call) throws ApiException, InterruptedException;
}
