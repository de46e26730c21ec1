package io.holdfast.bench;

/** All counters at one moment; two of them make a window. */
record Reading(
        long nanos, long answered, ProcessorTime processor, DatabaseCounters database, double collecting, double heap) {

    /** What happened between two readings. */
    record Window(Reading from, Reading to) {

        double seconds() {
            return (to.nanos - from.nanos) / 1e9;
        }

        long answered() {
            return to.answered - from.answered;
        }

        double perSecond() {
            return answered() / seconds();
        }

        ProcessorTime processor() {
            return to.processor.since(from.processor);
        }

        DatabaseCounters database() {
            return to.database.since(from.database);
        }

        /** The costs of one update, over those that were answered meanwhile. */
        void costs(Sheet sheet) {
            double updates = answered();
            ProcessorTime processor = processor();
            double thousands = updates / 1000;
            sheet.figure("server, CPU per 1,000 updates", processor.server() / thousands, "s");
            sheet.figure("database, CPU per 1,000 updates", processor.database() / thousands, "s");
            sheet.figure(
                    "server and database, CPU per 1,000 updates",
                    (processor.server() + processor.database()) / thousands,
                    "s");
            sheet.figure("driver, CPU per 1,000 updates", processor.driver() / thousands, "s");
            sheet.figure("CPU used by all", processor.machine() / seconds(), "cores");
            sheet.figure("CPU used by others", processor.others() / seconds(), "cores");
            DatabaseCounters database = database();
            sheet.figure("commits per update", database.commits() / updates, "");
            sheet.figure("syncs of the log per update", database.syncs() / updates, "");
            sheet.figure("log per update", database.walBytes() / updates, "bytes");
            sheet.figure("row updates per update", database.updated() / updates, "");
            sheet.figure("HOT share of row updates", 100 * database.hot() / Math.max(1, database.updated()), "%");
            sheet.figure("dead rows at the end", database.dead(), "");
            sheet.figure("checkpoints", database.checkpoints(), "");
            sheet.figure("garbage collection of the server", 100 * (to.collecting - from.collecting) / seconds(), "%");
            sheet.figure("heap of the server in use at the end", to.heap / (1 << 20), "MiB");
        }
    }
}
