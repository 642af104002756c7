// The last step of compose's init: the bucket, the key that may use it, and that key in the database.
import { furnishBucket } from '../stack/bucket.ts'

const env = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

await furnishBucket({
  url: env('PETRI_STORE_URL'),
  origins: [env('PETRI_PUBLIC_URL')],
  databaseUrl: env('PETRI_MIGRATOR_URL'),
  root: { accessKey: env('PETRI_STORE_ROOT_KEY'), secretKey: env('PETRI_STORE_ROOT_SECRET') },
  user: { accessKey: env('PETRI_STORE_USER_KEY'), secretKey: env('PETRI_STORE_USER_SECRET') },
})
console.log('the object store is furnished')
