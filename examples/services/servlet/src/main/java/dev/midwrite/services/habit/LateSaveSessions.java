package dev.midwrite.services.habit;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/** Puts {@link LateSave} in front of whatever keeps the sessions. */
@Component
@ConditionalOnProperty(name = "service.habit", havingValue = "late-save")
class LateSaveSessions implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof SessionRepository<?> store ? new LateSave<>(store) : bean;
    }
}
