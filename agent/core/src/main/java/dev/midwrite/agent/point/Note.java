package dev.midwrite.agent.point;

/** A passage that owns no steps: a request, its response, a phase of the JVM's end. */
final class Note extends Token {
    final String detail;

    Note(Place place, String detail) {
        super(place);
        this.detail = detail;
    }
}
