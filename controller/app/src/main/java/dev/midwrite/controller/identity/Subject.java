package dev.midwrite.controller.identity;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Whose certificate it is.
 *
 * @param name its CN; may be empty
 * @param unit its OU, which says what it is for: {@code agent}, or a role; may be empty
 */
record Subject(String name, String unit) {

    /** Of who is at the other end of a connection that has been encrypted. */
    static Subject of(Attributes connection) {
        SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return new Subject("", "");
        }
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            return of(certificate.getSubjectX500Principal().getName());
        } catch (SSLPeerUnverifiedException | InvalidNameException e) {
            return new Subject("", "");
        }
    }

    /** @param distinguished as RFC 2253 writes it */
    static Subject of(String distinguished) throws InvalidNameException {
        String name = "";
        String unit = "";
        for (Rdn part : new LdapName(distinguished).getRdns()) {
            String value = String.valueOf(part.getValue());
            if (part.getType().equalsIgnoreCase("CN")) {
                name = value;
            } else if (part.getType().equalsIgnoreCase("OU")) {
                unit = value;
            }
        }
        return new Subject(name, unit);
    }
}
