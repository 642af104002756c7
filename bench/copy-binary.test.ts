import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTuples } from './copy-binary.ts'

// What PostgreSQL 18 wrote for: copy (values ('00112233-4455-6677-8899-aabbccddeeff'::uuid, 'µ'::text, 1.5::float8), (null, '', null)) …
const bytes = Buffer.from(
  '5047434f50590aff0d0a00000000000000000000' +
    '030000001000112233445566778899aabbccddeeff00000002c2b5000000083ff80000000000000003ffffffff00000000ffffffffffff',
  'hex')

test('tuples of a binary COPY are read as PostgreSQL meant them', () => {
  assert.deepEqual(readTuples(bytes, ['uuid', 'text', 'float8']), [['00112233-4455-6677-8899-aabbccddeeff', 'µ', 1.5], [null, '', null]])
})
test('other bytes are refused', () => assert.throws(() => readTuples(Buffer.from('id,name\n'), ['text']), /no binary COPY/))
test('bytes that break off are refused', () => assert.throws(() => readTuples(bytes.subarray(0, -2), ['uuid', 'text', 'float8'])))
test('more fields than expected are refused', () => assert.throws(() => readTuples(bytes, ['uuid', 'text']), /a tuple of 3 fields/))
