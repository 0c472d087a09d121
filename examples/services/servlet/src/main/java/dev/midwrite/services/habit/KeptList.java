package dev.midwrite.services.habit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.stereotype.Component;

/** Looks up the sessions of a name once and keeps the list, so that the page with it is fast. */
@Component
@ConditionalOnProperty(name = "service.habit", havingValue = "kept-list")
class KeptList implements BeanPostProcessor {
    private final Map<List<Object>, Object> lists = new ConcurrentHashMap<>();

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof RedisIndexedSessionRepository)) {
            return bean;
        }
        ProxyFactory proxy = new ProxyFactory(bean);
        proxy.setProxyTargetClass(true);
        proxy.addAdvice((MethodInterceptor) call -> {
            if (!call.getMethod().getName().equals("findByIndexNameAndIndexValue")) {
                return call.proceed();
            }
            List<Object> key = List.of(call.getArguments());
            Object kept = lists.get(key);
            if (kept == null) {
                kept = call.proceed();
                lists.put(key, kept);
            }
            return kept;
        });
        return proxy.getProxy();
    }
}
