import java.io.FileInputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Jsse.java CA PORT NAME: a handshake that checks the name as HTTPS does. */
class Jsse {
  public static void main(String[] argv) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null);
    try (FileInputStream authority = new FileInputStream(argv[0])) {
      store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(authority));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    int port = Integer.parseInt(argv[1]);
    Socket plain = new Socket("127.0.0.1", port);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, argv[2], port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    socket.close();
  }
}
