package dev.midwrite.services.own;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;

/** One request's view of its session; texts are all that it holds. */
final class OwnSession implements HttpSession {
    private final ServletContext context;
    private final Map<String, String> attributes;
    private final boolean isNew;
    private final long created = System.currentTimeMillis();
    private String id;
    private boolean over;
    private boolean changed;

    OwnSession(ServletContext context, String id, Map<String, String> attributes, boolean isNew) {
        this.context = context;
        this.id = id;
        this.attributes = new HashMap<>(attributes);
        this.isNew = isNew;
        this.changed = isNew;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    boolean isOver() {
        return over;
    }

    /** Whether it is another than the one that is kept. */
    boolean isChanged() {
        return changed;
    }

    void rename(String fresh) {
        id = fresh;
        changed = true;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, (String) value);
        changed = true;
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
        changed = true;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void invalidate() {
        over = true;
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public long getCreationTime() {
        return created;
    }

    @Override
    public long getLastAccessedTime() {
        return created;
    }

    @Override
    public int getMaxInactiveInterval() {
        return 600;
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
        throw new UnsupportedOperationException("they all last ten minutes");
    }
}
