package dev.midwrite.agent.run;

import dev.midwrite.agent.fault.Policy;
import dev.midwrite.agent.fault.PolicyFile;
import dev.midwrite.agent.link.LinkIdentity;
import dev.midwrite.event.FaultKind;
import java.io.File;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the agent was told at its start.
 *
 * @param controllerHost empty if no controller is named: the agent stays dormant
 * @param controllerPort 1 to 65535, 0 if no controller is named
 * @param identity how the agent and its controller know each other
 * @param journal the directory that holds one directory per incarnation
 * @param journalBytes no incarnation's journal grows beyond this
 * @param journalKeep so many earlier incarnations are kept
 * @param metricsPort 0: the agent serves none
 * @param disabled names or kinds of points that are not woven
 * @param points what users describe of stores that the agent does not know; null for none
 * @param policy what may happen to this host at all; the controller cannot add to it
 * @param probe whether the agent may answer users in the place of a page, if a run's controller asks for that
 * @param killSwitch while this file exists nothing is recorded or injected
 */
record AgentOptions(
        boolean enabled,
        String node,
        String controllerHost,
        int controllerPort,
        LinkIdentity identity,
        File journal,
        long journalBytes,
        int journalKeep,
        File log,
        int metricsPort,
        Set<String> disabled,
        File points,
        Policy policy,
        boolean probe,
        File killSwitch) {

    private static final int PORTS = 65_535;
    private static final long MEBIBYTE = 1L << 20;

    boolean hasController() {
        return !controllerHost.isEmpty();
    }

    /**
     * Arguments win over system properties, and those over the environment.
     *
     * @param arguments {@code key=value,…}, or null
     * @throws OptionException if a key is not known or a value makes no sense
     */
    static AgentOptions of(String arguments, Map<?, ?> properties, Map<String, String> environment)
            throws OptionException {
        Map<Option, String> values = new EnumMap<>(Option.class);
        readEnvironment(environment, values);
        readProperties(properties, values);
        readArguments(arguments, values);
        return new Values(values).read();
    }

    private static void readEnvironment(Map<String, String> environment, Map<Option, String> values) {
        for (Option option :
                Option.values()) { // Other variables of this prefix belong to the controller and the tests.
            String value = environment.get(option.variable());
            if (value != null) {
                put(values, option, value);
            }
        }
    }

    private static void readProperties(Map<?, ?> properties, Map<Option, String> values) throws OptionException {
        for (Map.Entry<?, ?> property : properties.entrySet()) {
            String name = String.valueOf(property.getKey());
            if (name.startsWith(Option.PROPERTY_PREFIX)) {
                put(
                        values,
                        known(name.substring(Option.PROPERTY_PREFIX.length()), "system property", name),
                        String.valueOf(property.getValue()));
            }
        }
    }

    private static void readArguments(String arguments, Map<Option, String> values) throws OptionException {
        if (arguments == null || arguments.isBlank()) {
            return;
        }
        for (String argument : arguments.split(",", -1)) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new OptionException("argument '" + argument + "' is not key=value");
            }
            String key = argument.substring(0, equals).trim();
            put(
                    values,
                    known(key, "argument", key),
                    argument.substring(equals + 1).trim());
        }
    }

    /** What comes later wins, but for a prohibition: who may start the host may not overrule who runs the machine. */
    private static void put(Map<Option, String> values, Option option, String value) {
        if (option != Option.NO_FAULTS || !"true".equals(values.get(option))) {
            values.put(option, value);
        }
    }

    private static Option known(String key, String kind, String asWritten) throws OptionException {
        Option option = Option.of(key);
        if (option == null) {
            throw new OptionException("unknown " + kind + " '" + asWritten + "'");
        }
        return option;
    }

    private static final class Values {
        private final Map<Option, String> values;

        Values(Map<Option, String> values) {
            this.values = values;
        }

        AgentOptions read() throws OptionException {
            String node = text(Option.NODE, "node");
            if (!node.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
                throw new OptionException(
                        "node '" + node + "' must begin with a letter or digit, and may have '.', '_', '-' besides");
            }
            String controller = text(Option.CONTROLLER, "");
            int colon = controller.lastIndexOf(':');
            if (!controller.isEmpty() && colon < 1) {
                throw new OptionException("controller '" + controller + "' is not host:port");
            }
            String host = controller.isEmpty() ? "" : controller.substring(0, colon);
            LinkIdentity identity = identity();
            if (!host.isEmpty() && !identity.isEncrypted() && !isLoopback(host)) {
                throw new OptionException(
                        "controller '" + host + "' is not localhost, 127.x.x.x or ::1, so the link must"
                                + " be encrypted: give certificate, key and ca, or use an ssh tunnel");
            }
            String journal = text(Option.JOURNAL, "");
            File directory = journal.isEmpty()
                    ? new File(new File(System.getProperty("java.io.tmpdir"), "midwrite"), node)
                    : new File(journal);
            String log = text(Option.LOG, "");
            String points = text(Option.POINTS, "");
            String killSwitch = text(Option.KILL_SWITCH, "");
            return new AgentOptions(
                    bool(Option.ENABLED, true),
                    node,
                    host,
                    controller.isEmpty() ? 0 : number(Option.CONTROLLER, controller.substring(colon + 1), 1, PORTS),
                    identity,
                    directory,
                    number(Option.JOURNAL_MEBIBYTES, text(Option.JOURNAL_MEBIBYTES, "1024"), 1, 1 << 20) * MEBIBYTE,
                    number(Option.JOURNAL_KEEP, text(Option.JOURNAL_KEEP, "10"), 0, 100_000),
                    log.isEmpty() ? new File(directory, "agent.log") : new File(log),
                    number(Option.METRICS_PORT, text(Option.METRICS_PORT, "0"), 0, PORTS),
                    list(Option.DISABLE),
                    points.isEmpty() ? null : new File(points),
                    policy(),
                    onOff(Option.PROBE),
                    killSwitch.isEmpty() ? new File(directory.getPath().concat(".stop")) : new File(killSwitch));
        }

        /** By its spelling: the host's main does not wait for a name service. */
        private static boolean isLoopback(String host) {
            return host.equals("localhost")
                    || host.equals("::1")
                    || host.equals("[::1]")
                    || host.matches("127(\\.[0-9]{1,3}){3}");
        }

        private LinkIdentity identity() throws OptionException {
            String token = text(Option.TOKEN, "");
            File tokenFile = token.isEmpty()
                    ? new File(new File(System.getProperty("user.home", ""), ".midwrite"), "agent.token")
                    : new File(token);
            String certificate = text(Option.CERTIFICATE, "");
            String key = text(Option.KEY, "");
            String ca = text(Option.CA, "");
            if (certificate.isEmpty() && key.isEmpty() && ca.isEmpty()) {
                return LinkIdentity.of(tokenFile);
            }
            if (certificate.isEmpty() || key.isEmpty() || ca.isEmpty()) {
                throw new OptionException("certificate, key and ca belong together, and one of them is missing");
            }
            return new LinkIdentity(tokenFile, new File(certificate), new File(key), new File(ca));
        }

        private String text(Option option, String otherwise) {
            return values.getOrDefault(option, otherwise);
        }

        private boolean bool(Option option, boolean otherwise) throws OptionException {
            String value = text(option, String.valueOf(otherwise));
            if (!value.equals("true") && !value.equals("false")) {
                throw new OptionException(option.key() + " must be true or false, not '" + value + "'");
            }
            return value.equals("true");
        }

        private boolean onOff(Option option) throws OptionException {
            String value = text(option, "on");
            if (!value.equals("on") && !value.equals("off")) {
                throw new OptionException(option.key() + " must be on or off, not '" + value + "'");
            }
            return value.equals("on");
        }

        private static int number(Option option, String value, int min, int max) throws OptionException {
            try {
                int number = Integer.parseInt(value);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below.
            }
            throw new OptionException(
                    option.key() + " needs a number from " + min + " to " + max + ", not '" + value + "'");
        }

        /** Separated by '+': the comma separates arguments. */
        private Set<String> list(Option option) {
            String value = text(option, "");
            Set<String> items = new LinkedHashSet<>();
            if (!value.isEmpty()) {
                Collections.addAll(items, value.split("\\+", -1));
            }
            return items;
        }

        private Policy policy() throws OptionException {
            String file = text(Option.POLICY, "");
            Set<FaultKind> faults = faults();
            return file.isEmpty() ? Policy.of(faults) : PolicyFile.read(new File(file), faults);
        }

        private Set<FaultKind> faults() throws OptionException {
            if (bool(Option.NO_FAULTS, false)) {
                return EnumSet.noneOf(FaultKind.class);
            }
            Set<FaultKind> allowed = EnumSet.complementOf(EnumSet.of(FaultKind.NONE));
            if (!values.containsKey(Option.FAULTS)) {
                return allowed;
            }
            Set<String> named = list(Option.FAULTS);
            for (FaultKind fault : EnumSet.copyOf(allowed)) {
                if (!named.remove(fault.label())) {
                    allowed.remove(fault);
                }
            }
            if (!named.isEmpty()) {
                throw new OptionException(
                        "faults: there is no fault '" + named.iterator().next() + "'");
            }
            return allowed;
        }
    }
}
