// Types are checked by tsc beforehand; here TypeScript is only stripped, to CommonJS, which jest runs without flags.
module.exports = {
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/test/**/*.test.ts?(x)'],
  transform: {
    '\\.tsx?$': ['ts-jest', {
      diagnostics: false,
      tsconfig: { target: 'es2022', module: 'commonjs', moduleResolution: 'node10', isolatedModules: true, jsx: 'react-jsx', esModuleInterop: true, verbatimModuleSyntax: false, rewriteRelativeImportExtensions: false, allowImportingTsExtensions: true, noEmit: true },
    }],
  },
}
