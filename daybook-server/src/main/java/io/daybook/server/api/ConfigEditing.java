package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.topic.ConfigAlteration;
import io.daybook.broker.topic.ConfigAlteration.Edit;
import io.daybook.broker.topic.ConfigOutcome;
import io.daybook.broker.topic.ConfigService;
import io.daybook.metadata.ConfigResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the two requests that change configurations have in common: what is malformed is answered at once, levels of
 * loggers are changed here, the rest goes to the service. For any thread.
 */
public final class ConfigEditing {
    private final ConfigService configs;
    private final LoggerConfigs loggers;

    /**
     * One resource of a request.
     *
     * @param problem what is wrong with its edits as they came; empty if nothing is
     */
    record Wanted(byte resourceType, String resourceName, Optional<String> problem, List<Edit> edits) {}

    /** The answer for one resource. */
    record Done(
            byte resourceType,
            String resourceName,
            ErrorCode code,
            @Nullable String message) {}

    /** Changes these configurations, and the levels of these loggers. */
    public ConfigEditing(ConfigService configs, LoggerConfigs loggers) {
        this.configs = configs;
        this.loggers = loggers;
    }

    /**
     * Changes what is wanted, as far as it is well-formed.
     *
     * @param isComplete whether keys that are not named lose their values
     */
    CompletableFuture<List<Done>> alter(List<Wanted> wanted, boolean isComplete, boolean validateOnly) {
        List<Done> done = new ArrayList<>();
        List<ConfigAlteration> alterations = new ArrayList<>();
        for (Wanted each : wanted) {
            if (!ConfigResource.Type.isKnown(each.resourceType)) {
                done.add(refused(each, "Unknown resource type " + each.resourceType));
            } else if (each.problem.isPresent()) {
                done.add(refused(each, each.problem.get()));
            } else {
                ConfigResource resource =
                        new ConfigResource(ConfigResource.Type.of(each.resourceType), each.resourceName);
                ConfigAlteration alteration = new ConfigAlteration(resource, each.edits, isComplete);
                if (resource.type() == ConfigResource.Type.BROKER_LOGGER) {
                    done.add(answer(loggers.alter(alteration, validateOnly)));
                } else {
                    alterations.add(alteration);
                }
            }
        }
        return configs.alter(alterations, validateOnly).thenApply(outcomes -> {
            // A resource that is there twice gets one answer.
            Map<ConfigResource, Done> answers = new LinkedHashMap<>();
            outcomes.forEach(outcome -> answers.putIfAbsent(outcome.resource(), answer(outcome)));
            done.addAll(answers.values());
            return done;
        });
    }

    private static Done refused(Wanted wanted, String message) {
        return new Done(wanted.resourceType, wanted.resourceName, ErrorCode.INVALID_REQUEST, message);
    }

    private static Done answer(ConfigOutcome outcome) {
        return new Done(
                outcome.resource().type().id(),
                outcome.resource().name(),
                outcome.code(),
                outcome.code().isNone() ? null : outcome.message());
    }
}
