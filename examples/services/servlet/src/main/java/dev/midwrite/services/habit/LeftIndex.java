package dev.midwrite.services.habit;

import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.stereotype.Component;

/**
 * Ends a session by deleting its keys, as somebody would who has looked them up in the store: the index of names keeps
 * its id, and grows with every logout.
 */
@Component
@ConditionalOnProperty(name = "service.habit", havingValue = "left-index")
class LeftIndex implements BeanPostProcessor {
    private static final String SESSIONS = "spring:session:sessions:";

    private final ObjectProvider<StringRedisTemplate> redis;

    LeftIndex(ObjectProvider<StringRedisTemplate> redis) {
        this.redis = redis;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof RedisIndexedSessionRepository)) {
            return bean;
        }
        ProxyFactory proxy = new ProxyFactory(bean);
        proxy.setProxyTargetClass(true);
        proxy.addAdvice((MethodInterceptor) call -> {
            if (!call.getMethod().getName().equals("deleteById")) {
                return call.proceed();
            }
            Object id = call.getArguments()[0];
            redis.getObject().delete(List.of(SESSIONS + id, SESSIONS + "expires:" + id));
            return null;
        });
        return proxy.getProxy();
    }
}
