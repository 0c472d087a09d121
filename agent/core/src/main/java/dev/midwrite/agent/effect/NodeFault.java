package dev.midwrite.agent.effect;

/** What befalls the node as a whole while an injection is armed. On one thread of ours. */
interface NodeFault {

    /** Looks at the node and does what is missing; several times a second, from the beginning on. */
    void keep();

    /** Takes back all that was done. */
    void end();
}
