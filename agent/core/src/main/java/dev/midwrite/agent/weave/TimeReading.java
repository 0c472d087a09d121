package dev.midwrite.agent.weave;

import dev.midwrite.agent.gate.Gate;
import java.util.Map;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;

/**
 * Lets a class ask the gate for the time wherever it asks the JDK: each call is replaced by one that takes the point's number
 * as well. Nothing else changes, frames included.
 */
final class TimeReading extends AsmVisitorWrapper.AbstractBase {
    private static final String GATE = Type.getInternalName(Gate.class);
    private static final String CLOCK = "java/time/Clock";
    /** From what is called to the gate's method and its descriptor. */
    private static final Map<String, String[]> CALLS = Map.of(
            "java/lang/System.currentTimeMillis()J",
            new String[] {"millis", "(I)J"},
            "java/time/Instant.now()Ljava/time/Instant;",
            new String[] {"instant", "(I)Ljava/time/Instant;"},
            "java/time/Instant.now(Ljava/time/Clock;)Ljava/time/Instant;",
            new String[] {"instant", "(Ljava/time/Clock;I)Ljava/time/Instant;"},
            CLOCK + ".instant()Ljava/time/Instant;",
            new String[] {"instant", "(Ljava/time/Clock;I)Ljava/time/Instant;"},
            CLOCK + ".millis()J",
            new String[] {"millis", "(Ljava/time/Clock;I)J"});

    private final int point;
    private final Runnable found;

    /** @param found told at each call that was replaced */
    TimeReading(int point, Runnable found) {
        this.point = point;
        this.found = found;
    }

    @Override
    public ClassVisitor wrap(
            TypeDescription type,
            ClassVisitor to,
            Implementation.Context context,
            TypePool pool,
            FieldList<FieldDescription.InDefinedShape> fields,
            MethodList<?> methods,
            int writerFlags,
            int readerFlags) {
        return new ClassVisitor(Opcodes.ASM9, to) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String generic, String[] thrown) {
                return new Body(super.visitMethod(access, name, descriptor, generic, thrown));
            }
        };
    }

    private final class Body extends MethodVisitor {
        Body(MethodVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public void visitMethodInsn(int code, String owner, String name, String descriptor, boolean isInterface) {
            String[] instead = CALLS.get(owner + "." + name + descriptor);
            if (instead == null) {
                super.visitMethodInsn(code, owner, name, descriptor, isInterface);
                return;
            }
            super.visitLdcInsn(point);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, GATE, instead[0], instead[1], false);
            found.run();
        }

        @Override
        public void visitMaxs(int stack, int locals) {
            super.visitMaxs(stack + 1, locals); // The number beside a Clock.
        }
    }
}
