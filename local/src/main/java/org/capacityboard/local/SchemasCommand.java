package org.capacityboard.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.capacityboard.local.setup.SchemaRegistration;
import org.capacityboard.process.errors.Problem;
import org.capacityboard.process.errors.UserError;
import org.capacityboard.process.settings.KafkaSettings;
import org.capacityboard.schemas.RegisteredSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capacity schemas}. */
@Command(name = "schemas", description = "Writer schemas: who writes with a new one registers it first.")
final class SchemasCommand {

    private final CapacityCommand capacity;

    SchemasCommand(CapacityCommand capacity) {
        this.capacity = capacity;
    }

    @Command(
            name = "check",
            description = "Tell whether events written with these schemas can be read; asks no broker.")
    int check(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Avro schemas (.avsc).") List<Path> files,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        List<RegisteredSchema> schemas = readable(files);
        print(schemas, Set.of(), "readable", json);
        return 0;
    }

    @Command(
            name = "register",
            description =
                    "Put schemas into the topic: those of this release, or those in the files. Only what can be read is taken.")
    int register(
            @Parameters(paramLabel = "FILE", arity = "0..*", description = "Avro schemas (.avsc).") List<Path> files,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        KafkaSettings kafka = capacity.settings().kafka();
        List<RegisteredSchema> wanted =
                files == null || files.isEmpty() ? SchemaRegistration.ofThisRelease() : readable(files);
        Set<String> added = new SchemaRegistration(kafka)
                .register(wanted).stream().map(RegisteredSchema::key).collect(Collectors.toSet());
        print(wanted, added, "present", json);
        return 0;
    }

    private void print(List<RegisteredSchema> schemas, Set<String> added, String otherwise, boolean json) {
        List<List<String>> rows = schemas.stream()
                .map(schema -> TextTable.row(
                        schema.key(),
                        schema.schema().getFullName(),
                        added.contains(schema.key()) ? "registered" : otherwise))
                .toList();
        new TextTable(List.of("fingerprint", "schema", "state"), rows).print(capacity.out(), json);
    }

    /** The schemas in the files; all that is wrong with any of them at once. */
    private static List<RegisteredSchema> readable(List<Path> files) {
        List<RegisteredSchema> schemas = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                Schema schema = new Schema.Parser().parse(Files.readString(file));
                problems.addAll(SchemaRegistration.check(file.toString(), schema));
                schemas.add(RegisteredSchema.of(schema));
            } catch (AvroRuntimeException e) {
                problems.add(new Problem("schema", file.toString(), "is not an Avro schema: " + e.getMessage()));
            } catch (IOException e) {
                problems.add(new Problem("schema", file.toString(), "cannot be read", "the path is another one"));
            }
        }
        if (!problems.isEmpty()) {
            throw UserError.failed(problems);
        }
        return schemas;
    }
}
