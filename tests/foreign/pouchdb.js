// SPDX-License-Identifier: MIT
// pouchdb.js FOLDER PORT: CouchDB's protocol as PouchDB serves it, with its data in FOLDER.
const [folder, port] = process.argv.slice(2);
const PouchDB = require('pouchdb-node').defaults({prefix: folder + '/'});
const app = require('express')();
app.use('/', require('express-pouchdb')(PouchDB, {mode: 'minimumForPouchDB', inMemoryConfig: true}));
app.listen(Number(port), '127.0.0.1');
