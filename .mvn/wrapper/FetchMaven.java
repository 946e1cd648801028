import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches the pinned Maven with nothing but a JDK: download, compare the checksum, unpack beside the target, rename. Run by {@code mvnw} as a
 * single source file: {@code java FetchMaven.java REPOSITORY VERSION SHA512 TARGET}.
 */
final class FetchMaven {
    public static void main(String[] args) throws Exception {
        String repository = args[0];
        String version = args[1];
        String sha512 = args[2];
        Path target = Path.of(args[3]);
        URI address = URI.create(
                repository + "/org/apache/maven/apache-maven/" + version + "/apache-maven-" + version + "-bin.zip");
        Files.createDirectories(target.getParent());
        Path work = Files.createTempDirectory(target.getParent(), "fetch");
        Path zip = work.resolve("maven.zip");
        System.err.println("Fetching Maven " + version + " (once).");
        download(address, zip);
        String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(zip)));
        if (!found.equals(sha512)) {
            System.err.println("The Maven " + version + " that was fetched has another checksum than the pinned one.\n"
                    + "Maybe a proxy answered in its place: set MVNW_REPOURL to a Maven repository that you trust.");
            System.exit(1);
        }
        unpack(zip, work);
        try {
            Files.move(work.resolve("apache-maven-" + version), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException someoneElseWasFaster) {
            if (!Files.isDirectory(target)) {
                throw someoneElseWasFaster;
            }
        }
    }

    private static void download(URI address, Path zip) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<Path> answer =
                client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofFile(zip));
        if (answer.statusCode() != 200) {
            System.err.println("Maven could not be fetched: the repository answered " + answer.statusCode()
                    + ".\nMaybe this machine reaches Maven Central through a mirror: set MVNW_REPOURL to it.");
            System.exit(1);
        }
    }

    private static void unpack(Path zip, Path into) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into)) {
                    throw new IOException("entry leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    write(in, file);
                }
            }
        }
    }

    private static void write(InputStream in, Path file) throws IOException {
        Files.copy(in, file);
        if (file.getParent().getFileName().toString().equals("bin")) {
            file.toFile().setExecutable(true);
        }
    }
}
