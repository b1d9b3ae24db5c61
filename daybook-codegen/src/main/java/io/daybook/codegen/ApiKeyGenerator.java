package io.daybook.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Generates the enum of all APIs from the requests and responses. */
final class ApiKeyGenerator {
    private static final int API_VERSIONS = 18;

    private final String packageName;
    private final String enumName;
    private final String messagePackage;
    private final List<Api> apis;

    /** @param qualifiedName of the enum */
    ApiKeyGenerator(String qualifiedName, String messagePackage, List<Message> messages) {
        int dot = qualifiedName.lastIndexOf('.');
        this.packageName = qualifiedName.substring(0, dot);
        this.enumName = qualifiedName.substring(dot + 1);
        this.messagePackage = messagePackage;
        this.apis = pairs(messages);
    }

    /** Requests and responses of one key. */
    private record Api(Message request, Message response) {
        String name() {
            return request.name().substring(0, request.name().length() - "Request".length());
        }

        String constant() {
            return constantName(name());
        }

        boolean exists() {
            return !request.versions().isEmpty();
        }
    }

    static String constantName(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    private static List<Api> pairs(List<Message> messages) {
        Map<Integer, Message> requests = new TreeMap<>();
        Map<Integer, Message> responses = new TreeMap<>();
        for (Message message : messages) {
            Map<Integer, Message> target = message.type() == MessageType.REQUEST
                    ? requests
                    : message.type() == MessageType.RESPONSE ? responses : new TreeMap<>();
            if (target.put(message.apiKey(), message) != null) {
                throw new DescriptionException("the key " + message.apiKey() + " of " + message.name() + " is taken");
            }
        }
        List<Api> apis = new ArrayList<>();
        for (Message request : requests.values()) {
            Message response = responses.remove(request.apiKey());
            if (response == null || !request.name().endsWith("Request")) {
                throw new DescriptionException(request.name() + " has no response");
            }
            if (!response.versions().equals(request.versions())) {
                throw new DescriptionException(
                        request.name() + " and " + response.name() + " differ in their versions");
            }
            apis.add(new Api(request, response));
        }
        if (!responses.isEmpty()) {
            throw new DescriptionException("responses without request: " + responses.keySet());
        }
        return apis;
    }

    String generate() {
        Source source = new Source();
        source.line("// Generated from the message descriptions. Do not edit.");
        source.line("package " + packageName + ";").line("");
        source.line("import io.daybook.base.wire.Message;");
        source.line("import io.daybook.base.wire.UnsupportedVersionException;");
        source.line("import io.daybook.base.wire.WireReader;");
        apis.stream().filter(Api::exists).forEach(api -> {
            source.line("import " + messagePackage + "." + api.request().className() + ";");
            source.line("import " + messagePackage + "." + api.response().className() + ";");
        });
        source.line("import java.util.Optional;").line("");
        source.line("/**");
        source.line(
                " * The APIs of the protocol: number, name, versions, and how to make their messages. Loads no message class");
        source.line(" * before it is asked for one. APIs that the protocol gave up are listed without versions.");
        source.line(" */");
        source.open("public enum " + enumName);
        for (int i = 0; i < apis.size(); i++) {
            source.line(constant(apis.get(i)) + (i + 1 < apis.size() ? "," : ";"));
        }
        fieldsAndConstructor(source);
        lookUp(source);
        getters(source);
        headers(source);
        factory(source, "newRequest()", "A request with every field at its default.", Api::request, "");
        factory(source, "newResponse()", "A response with every field at its default.", Api::response, "");
        String read = "(WireReader reader, short version)";
        factory(source, "readRequest" + read, "Reads a request's body.", Api::request, "reader, version");
        factory(source, "readResponse" + read, "Reads a response's body.", Api::response, "reader, version");
        source.close();
        return source.toString();
    }

    private static String constant(Api api) {
        Message request = api.request();
        int flexible = firstFlexible(request);
        int responseFlexible = firstFlexible(api.response());
        if (request.apiKey() == API_VERSIONS) {
            // a client that is too new for us must be able to read the answer: its header never changes
            responseFlexible = Short.MAX_VALUE;
        }
        return api.constant() + "(" + request.apiKey() + ", \"" + api.name() + "\", "
                + request.versions().lowest() + ", " + request.versions().highest() + ", "
                + request.latestVersionUnstable() + ", " + flexible + ", " + responseFlexible + ", "
                + request.listeners().contains("broker") + ")";
    }

    private static int firstFlexible(Message message) {
        return message.flexible().isEmpty()
                ? Short.MAX_VALUE
                : message.flexible().lowest();
    }

    private void fieldsAndConstructor(Source source) {
        source.line("")
                .line("private static final " + enumName + "[] BY_ID = byId();")
                .line("");
        source.line("private final short id;");
        source.line("private final String apiName;");
        source.line("private final short lowestVersion;");
        source.line("private final short highestVersion;");
        source.line("private final boolean latestVersionUnstable;");
        source.line("private final int requestFlexibleFrom;");
        source.line("private final int responseHeaderFlexibleFrom;");
        source.line("private final boolean servedByBrokers;").line("");
        source.line(enumName + "(int id, String apiName, int lowestVersion, int highestVersion,");
        source.line("        boolean latestVersionUnstable, int requestFlexibleFrom, int responseHeaderFlexibleFrom,");
        source.open("        boolean servedByBrokers)");
        source.line("this.id = (short) id;");
        source.line("this.apiName = apiName;");
        source.line("this.lowestVersion = (short) lowestVersion;");
        source.line("this.highestVersion = (short) highestVersion;");
        source.line("this.latestVersionUnstable = latestVersionUnstable;");
        source.line("this.requestFlexibleFrom = requestFlexibleFrom;");
        source.line("this.responseHeaderFlexibleFrom = responseHeaderFlexibleFrom;");
        source.line("this.servedByBrokers = servedByBrokers;");
        source.close();
    }

    private void lookUp(Source source) {
        int highestId = apis.get(apis.size() - 1).request().apiKey();
        source.line("").open("private static " + enumName + "[] byId()");
        source.line(enumName + "[] byId = new " + enumName + "[" + (highestId + 1) + "];");
        source.open("for (" + enumName + " api : values())")
                .line("byId[api.id] = api;")
                .close();
        source.line("return byId;").close();
        source.line("").line("/** The API of that number, if there is one. */");
        source.open("public static Optional<" + enumName + "> find(short id)");
        source.line("return id >= 0 && id < BY_ID.length ? Optional.ofNullable(BY_ID[id]) : Optional.empty();")
                .close();
    }

    private static void getters(Source source) {
        getter(source, "", "short id()", "id");
        getter(source, "The name without Request or Response, as Kafka spells it.", "String apiName()", "apiName");
        getter(source, "The lowest version of the descriptions.", "short lowestVersion()", "lowestVersion");
        getter(
                source,
                "The highest version of the descriptions; below the lowest where the protocol gave the API up.",
                "short highestVersion()",
                "highestVersion");
        getter(
                source,
                "The highest version that will not change any more.",
                "short highestStableVersion()",
                "latestVersionUnstable ? (short) (highestVersion - 1) : highestVersion");
        getter(
                source,
                "Whether the highest version may still change, and is therefore not to be advertised.",
                "boolean latestVersionUnstable()",
                "latestVersionUnstable");
        getter(
                source,
                "Whether the descriptions have that version.",
                "boolean hasVersion(short version)",
                "version >= lowestVersion && version <= highestVersion");
        getter(
                source,
                "Whether brokers serve it, and not only controllers.",
                "boolean servedByBrokers()",
                "servedByBrokers");
    }

    private static void headers(Source source) {
        getter(
                source,
                "The version of the header in front of a request of that version.",
                "short requestHeaderVersion(short version)",
                "(short) (version >= requestFlexibleFrom ? 2 : 1)");
        getter(
                source,
                "The version of the header in front of a response of that version; always 0 for ApiVersions.",
                "short responseHeaderVersion(short version)",
                "(short) (version >= responseHeaderFlexibleFrom ? 1 : 0)");
    }

    private static void getter(Source source, String about, String head, String value) {
        source.line("");
        if (!about.isEmpty()) {
            source.line("/** " + about + " */");
        }
        source.open("public " + head).line("return " + value + ";").close();
    }

    private void factory(Source source, String head, String about, Function<Api, Message> side, String arguments) {
        source.line("").line("/** " + about + " */");
        source.open("public Message " + head).open("switch (this)");
        for (Api api : apis) {
            if (api.exists()) {
                source.line("case " + api.constant() + ":");
                source.line("    return new " + side.apply(api).className() + "(" + arguments + ");");
            }
        }
        source.line("default:");
        source.line("    throw new UnsupportedVersionException(apiName + \" has no versions any more\");");
        source.close().close();
    }
}
