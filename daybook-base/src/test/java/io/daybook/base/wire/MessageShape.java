package io.daybook.base.wire;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A generated class seen through reflection: getters and setters by name, in lower case without underscores. */
final class MessageShape {
    private final Class<?> type;
    private final Map<String, Method> setters = new LinkedHashMap<>();

    MessageShape(Class<?> type) {
        this.type = type;
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .filter(method -> !method.getName().equals("setUnknownTaggedFields"))
                .forEach(method -> setters.put(key(method.getName().substring(3)), method));
    }

    static String key(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    Map<String, Method> setters() {
        return setters;
    }

    Method setter(String name) {
        Method setter = setters.get(key(name));
        if (setter == null) {
            throw new AssertionError(type + " has no field " + name);
        }
        return setter;
    }

    boolean hasUnknownTaggedFields() {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("setUnknownTaggedFields"));
    }

    /** What is in the list that the setter takes, or else what it takes. */
    static Class<?> contentType(Method setter) {
        Type parameter = setter.getGenericParameterTypes()[0];
        return parameter instanceof ParameterizedType
                ? (Class<?>) ((ParameterizedType) parameter).getActualTypeArguments()[0]
                : (Class<?>) parameter;
    }

    static Object get(Object target, Method setter) {
        String name = setter.getName().substring(3);
        String getter = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return call(target, getter);
    }

    static Object call(Object target, String method, Object... arguments) {
        for (Method candidate : target.getClass().getMethods()) {
            if (candidate.getName().equals(method) && candidate.getParameterCount() == arguments.length) {
                return invoke(candidate, target, arguments);
            }
        }
        throw new AssertionError(target.getClass() + " has no method " + method);
    }

    static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (java.lang.reflect.InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw new AssertionError(method + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T create(Class<T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
