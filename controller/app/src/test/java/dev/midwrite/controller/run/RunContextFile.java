package dev.midwrite.controller.run;

import dev.midwrite.controller.history.Bundle;

/** What a report would tell beside the verdict, in a bundle made by hand. */
public final class RunContextFile {
    private RunContextFile() {}

    public static void write(Bundle bundle) {
        RunContext.none(bundle.directory()).write(bundle.directory());
    }
}
