// What Go's own crypto/x509 says of chains: a line of JSON each on standard input and output.
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

type question struct {
	CA    []byte
	Chain [][]byte
	Host  string
	Now   int64
}

type answer struct{ Reason string }

// The same calls as moby's go-connections/tlsconfig and crypto/tls make of a server's certificates.
func judge(q question) (reason string) {
	// Some chains make crypto/x509 panic, and dockerd with it.
	defer func() {
		if r := recover(); r != nil {
			reason = fmt.Sprint("panic: ", r)
		}
	}()
	roots, intermediates := x509.NewCertPool(), x509.NewCertPool()
	roots.AppendCertsFromPEM(q.CA)
	var leaf *x509.Certificate
	for i, der := range q.Chain {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return "parse: " + err.Error()
		}
		if i == 0 {
			leaf = c
		} else {
			intermediates.AddCert(c)
		}
	}
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: intermediates, DNSName: q.Host, CurrentTime: time.Unix(q.Now, 0),
	})
	if err != nil {
		return err.Error()
	}
	switch key := leaf.PublicKey.(type) {
	case *ecdsa.PublicKey:
		// No TLS signature is made with it (crypto/tls auth.go).
		if key.Curve == elliptic.P224() {
			return "unsupported curve"
		}
		return ""
	case *rsa.PublicKey, ed25519.PublicKey:
		return ""
	}
	return "unsupported type of public key"
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<28)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			panic(err)
		}
		if err := out.Encode(answer{judge(q)}); err != nil {
			panic(err)
		}
	}
}
