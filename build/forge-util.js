import forge from 'node-forge/lib/forge.js';

/**
 * Stands in for node-forge/lib/util.js in the bundle: what its ASN.1 codec asks of it, and nothing else, with the same
 * answers to the byte and to the error. The file itself is larger than all else that `certs` loads, and compiled anew by
 * every command.
 */
export const util = {
  isArray: Array.isArray,
  createBuffer: (bytes) => new ByteBuffer(bytes),
  bytesToHex: (bytes) => Buffer.from(bytes, 'latin1').toString('hex'),
  decodeUtf8: (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'),
};

forge.util ??= util;

/** A text of characters from 0 to 255, read at the front and written at the back. */
class ByteBuffer {
  /** Where the next byte is read. The codec sets it back. */
  read = 0;

  constructor(data = '') {
    this.data = data;
  }

  length() {
    return this.data.length - this.read;
  }

  getByte() {
    return this.data.charCodeAt(this.read++);
  }

  getInt16() {
    const [high, low] = [this.getByte(), this.getByte()];
    return (high << 8) ^ low;
  }

  /** Negative where 32 bits begin with a one: the codec then refuses. */
  getInt(bits) {
    if (bits !== 8 && bits !== 16 && bits !== 24 && bits !== 32)
      throw new Error(`Only 8, 16, 24, or 32 bits supported: ${bits}`);
    let value = 0;
    for (let left = bits; left > 0; left -= 8) value = (value << 8) + this.getByte();
    return value;
  }

  getBytes(count = this.length()) {
    const bytes = this.bytes(count);
    this.read += bytes.length;
    return bytes;
  }

  bytes(count) {
    return this.data.slice(this.read, this.read + count);
  }

  putByte(byte) {
    this.data += String.fromCharCode(byte);
  }

  putInt16(value) {
    this.putByte((value >> 8) & 0xff);
    this.putByte(value & 0xff);
  }

  putBytes(bytes) {
    this.data += bytes;
  }

  putBuffer(buffer) {
    this.data += buffer.getBytes();
  }
}
