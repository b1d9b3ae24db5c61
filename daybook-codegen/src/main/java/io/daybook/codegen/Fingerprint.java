package io.daybook.codegen;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Everything that the output depends on, as one number: the options, the descriptions, and the generator itself. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(List<String> arguments, Path input) throws IOException {
        MessageDigest digest = sha256();
        digest.update(String.join("\n", arguments).getBytes(StandardCharsets.UTF_8));
        addFiles(digest, input, ".json");
        Path generator = generator();
        if (Files.isDirectory(generator)) {
            addFiles(digest, generator, ".class");
        } else {
            digest.update(Files.readAllBytes(generator));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void addFiles(MessageDigest digest, Path directory, String suffix) throws IOException {
        List<Path> sorted;
        try (Stream<Path> files = Files.walk(directory)) {
            sorted = files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
        for (Path file : sorted) {
            digest.update(directory.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
    }

    private static Path generator() throws IOException {
        try {
            return Path.of(Fingerprint.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("the generator does not know where it is", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
