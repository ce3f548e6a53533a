// Loaded before node_skill.js: Node takes neither its roots nor its proxy from the environment.
// The first root in SSL_CERT_FILE is trusted beside Node's own, and Amazon's certificate host is reached through
// HTTPS_PROXY. Nothing of the SDK is changed: it verifies the chain, and each signature.
const fs = require('fs')
const http = require('http')
const https = require('https')
const Module = require('module')
const tls = require('tls')

const roots = [...tls.rootCertificates, fs.readFileSync(process.env.SSL_CERT_FILE, 'utf8')]
const ours = Object.create(tls, { rootCertificates: { value: roots } })
const load = Module._load
Module._load = (name, ...given) => (name === 'tls' ? ours : load(name, ...given))

const get = https.get
https.get = (address, answered) => {
  const { hostname: host, pathname: path } = new URL(address)
  const { hostname, port } = new URL(process.env.HTTPS_PROXY)
  const tunnel = http.request({ host: hostname, port, method: 'CONNECT', path: `${host}:443` })
  tunnel.on('connect', (_, socket) => {
    const createConnection = () => tls.connect({ socket, servername: host, ca: roots })
    get({ host, path, createConnection }, answered).on('error', (error) => tunnel.emit('error', error))
  })
  return tunnel
}
