package org.capacityboard.process.settings;

/** The processes that read settings, by the word a person starts them with. */
public enum Program {
    JOB("job"),
    SIMULATOR("simulator"),
    INGEST("ingest"),
    TOPICS("topics"),
    SCHEMAS("schemas"),
    DB("db"),
    VIEWER("viewer"),
    RENDER("render"),
    WHATIF("whatif"),
    DEMO("demo");

    private final String command;

    Program(String command) {
        this.command = command;
    }

    public String command() {
        return command;
    }
}
