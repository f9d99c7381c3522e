import { X509Certificate } from "node:crypto";
import { selfSignedCertificate } from "../../../src/terraform/plugin/certificate";

const made = selfSignedCertificate(new Date("2026-01-02T03:04:05Z"));
const certificate = new X509Certificate(made.certificateDer);

test("is signed with its own key", () => {
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

test("belongs to the private key", () => {
  expect(certificate.checkPrivateKey(made.privateKey)).toBe(true);
});

test("has a P-256 key", () => {
  expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
});

test("is for localhost, its own authority, and for TLS servers", () => {
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.ca).toBe(true);
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
});

test("is valid from an hour ago for thirty years", () => {
  expect(certificate.validFrom).toBe("Jan  2 02:04:05 2026 GMT");
  expect(certificate.validTo).toBe("Jan  2 15:04:05 2056 GMT");
});

test("is the same in PEM", () => {
  expect(new X509Certificate(made.certificatePem).fingerprint256).toBe(certificate.fingerprint256);
});

test("is another one each time", () => {
  expect(new X509Certificate(selfSignedCertificate().certificateDer).serialNumber).not.toBe(certificate.serialNumber);
});
