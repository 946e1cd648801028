package org.capacityboard.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code capacity --version} says. */
final class CapacityVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = CapacityVersion.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IOException("build.properties is not on the classpath");
            }
            build.load(in);
        }
        return new String[] {
            "Capacity Board " + build.getProperty("version"),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")",
            "Flink " + build.getProperty("flink") + ", Kafka " + build.getProperty("kafka")
        };
    }
}
