package io.holdfast.bench;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("floors")
class FloorsIT {

    @Test
    void what_the_parts_can_do_without_the_product() throws Exception {
        Bench.run("floors", bench -> Floors.measured(bench).figures(bench.sheet()));
    }
}
