package dev.midwrite.controller.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import dev.midwrite.controller.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** A JVM that this one is attached to. Not thread-safe; closing ends the conversation and leaves that JVM running. */
public final class TargetJvm implements AutoCloseable {
    private final long pid;
    private final VirtualMachine machine;

    private TargetJvm(long pid, VirtualMachine machine) {
        this.pid = pid;
        this.machine = machine;
    }

    /** @throws Problem one sentence: it cannot be attached to */
    static TargetJvm attach(long pid) {
        try {
            return new TargetJvm(pid, VirtualMachine.attach(Long.toString(pid)));
        } catch (AttachNotSupportedException | IOException e) {
            throw new Problem("Process " + pid + " cannot be attached to: " + sentence(e), e);
        }
    }

    /** JVMs of this user that can be attached to, but this one: number and what they run, one a line. */
    static List<String> all() {
        String self = Long.toString(ProcessHandle.current().pid());
        return VirtualMachine.list().stream()
                .filter(each -> !each.id().equals(self))
                .map(TargetJvm::line)
                .sorted()
                .toList();
    }

    private static String line(VirtualMachineDescriptor each) {
        String name = each.displayName().isBlank() ? "(no name)" : each.displayName();
        return "%8s  %s".formatted(each.id(), name.split(" ", 2)[0]);
    }

    Properties system() {
        try {
            return machine.getSystemProperties();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** What agents in it say; see {@link AgentWord}. */
    Properties agents() {
        try {
            return machine.getAgentProperties();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Lets it load an agent; returns when the agent's {@code agentmain} does. */
    void load(Path jar, String arguments) {
        try {
            machine.loadAgent(jar.toString(), arguments);
        } catch (AgentLoadException | AgentInitializationException e) {
            throw new Problem("Process " + pid + " did not load the agent: " + sentence(e), e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private Problem lost(IOException e) {
        return new Problem("Process " + pid + " does not answer any more: " + sentence(e), e);
    }

    private static String sentence(Exception e) {
        String text = String.valueOf(e.getMessage()).strip();
        return text.endsWith(".") ? text : text + ".";
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException e) {
            // It has ended; there is nothing to leave.
        }
    }
}
