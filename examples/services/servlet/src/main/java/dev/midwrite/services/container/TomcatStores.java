package dev.midwrite.services.container;

import java.io.File;
import javax.sql.DataSource;
import org.apache.catalina.Store;
import org.apache.catalina.session.DataSourceStore;
import org.apache.catalina.session.FileStore;
import org.apache.catalina.session.PersistentManager;
import org.apache.catalina.valves.PersistentValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Tomcat's own manager of sessions with a store: files of a directory, or rows of a table. */
@Configuration(proxyBeanMethods = false)
class TomcatStores {
    /** How often in a row Tomcat's background thread comes by before it looks for sessions that are over; Tomcat's own default. */
    private static final String RARELY = "6";

    @Bean
    @Profile("files")
    Store files(@Value("${service.directory}") File directory) {
        FileStore store = new FileStore();
        store.setDirectory(directory.getAbsolutePath());
        return store;
    }

    /** Names of table and columns are those of the example in Tomcat's documents. */
    @Bean
    @Profile("table")
    Store table(DataSource database) {
        TableStore store = new TableStore(database);
        store.setSessionTable("tomcat_sessions");
        store.setSessionIdCol("session_id");
        store.setSessionAppCol("app_name");
        store.setSessionDataCol("session_data");
        store.setSessionValidCol("valid_session");
        store.setSessionMaxInactiveCol("max_inactive");
        store.setSessionLastAccessedCol("last_access");
        return store;
    }

    /**
     * @param each session is saved at the end of each request and leaves the memory, so that any node can serve it; else a
     *     session stays in memory, and all are saved when Tomcat stops
     */
    @Bean
    @Profile("files | table")
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> stored(
            Store store,
            @Value("${service.save-each:true}") boolean each,
            @Value("${service.cleanup:" + RARELY + "}") int cleanup) {
        PersistentManager manager = new PersistentManager();
        manager.setStore(store);
        manager.setProcessExpiresFrequency(cleanup);
        return factory -> factory.addContextCustomizers(context -> {
            context.setManager(manager);
            if (each) {
                context.getPipeline().addValve(new PersistentValve());
            }
        });
    }

    /** With connections from Spring's pool, where Tomcat would look them up by name. */
    private static final class TableStore extends DataSourceStore {
        TableStore(DataSource database) {
            dataSource = database; // Without one of its own the store would give no connection back.
        }
    }
}
