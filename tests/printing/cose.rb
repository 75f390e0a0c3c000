# cose.rb PUBLIC-KEY SEAL: what Ruby's cose, which knows nothing of us, thinks of a seal and of a changed one. It takes the
# message apart and says what was signed; OpenSSL judges the signature.
require "base64"
require "cose"
require "openssl"

ED25519 = ["302a300506032b6570032100"].pack("H*") # RFC 8410: what stands before the key's own bytes

x, seal = ARGV.map { |text| Base64.urlsafe_decode64(text) }
key = OpenSSL::PKey.read(ED25519 + x)
judge = lambda do |bytes|
  message = COSE::Sign1.deserialize(bytes)
  message if key.verify(nil, message.signature, message.send(:verification_data))
end

genuine = judge.call(seal)
puts genuine ? "genuine #{CBOR.decode(genuine.payload).first}" : "refused"
seal.setbyte(30, seal.getbyte(30) ^ 1)
puts judge.call(seal) ? "tampered taken" : "tampered refused"
