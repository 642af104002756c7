import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import TerserPlugin from 'terser-webpack-plugin'
import webpack from 'webpack'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const dist = fileURLToPath(new URL('dist', import.meta.url))

const common = {
  mode: 'production',
  context: fileURLToPath(new URL('.', import.meta.url)),
  devtool: false,
  performance: { hints: false },
  module: { rules: [{ test: /\.ts$/, loader: 'ts-loader', options: { transpileOnly: true } }] },
  resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
  plugins: [new webpack.DefinePlugin({ PETRI_CLIENT_VERSION: JSON.stringify(version) })],
}

// tslab takes one CommonJS file: what is loaded on demand elsewhere is in it too.
const kernel = {
  ...common,
  target: 'node20',
  entry: './src/index.ts',
  output: { path: dist, filename: 'petri.cjs', library: { type: 'commonjs2' } },
  // Readable: it travels nowhere, and errors in a notebook show its lines. Only what nothing uses is left out.
  optimization: { minimizer: [new TerserPlugin({ extractComments: false, terserOptions: { mangle: false, compress: { defaults: false, unused: true, dead_code: true }, format: { beautify: true } } })] },
  plugins: [...common.plugins, new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
}

// Parquet and labels are files of their own, named by a plain `import()`: any bundler of a page can load them when needed.
const later = { '/parquet.js': './parquet.mjs', '/make.js': './labels.mjs' }
const laterFile = request => Object.entries(later).find(([ending]) => request.endsWith(ending))?.[1]
const browser = {
  ...common,
  target: 'es2022',
  entry: './src/index.ts',
  experiments: { outputModule: true },
  externalsType: 'import',
  externals: ({ request, dependencyType }, done) => dependencyType === 'esm' ? done(null, laterFile(request)) : done(),
  output: { path: dist, filename: 'petri.mjs', library: { type: 'module' } },
}
const codec = {
  ...common,
  target: 'es2022',
  entry: './src/files/parquet.ts',
  experiments: { outputModule: true },
  // One copy of Arrow in a page: two would not know each other's tables.
  externals: { 'apache-arrow': 'module ./petri.mjs' },
  output: { path: dist, filename: 'parquet.mjs', library: { type: 'module' } },
}

const printer = {
  ...common,
  target: 'es2022',
  entry: './src/labels/index.ts',
  experiments: { outputModule: true },
  output: { path: dist, filename: 'labels.mjs', library: { type: 'module' } },
}

export default [kernel, browser, codec, printer]
