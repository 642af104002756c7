import { docComment, exposedFunctions, pascal, relation, typesOf, type Column, type Procedure } from './catalog.ts'
import { views } from './relations.ts'

/** One line of `LabFunctions`: what a function takes by name, and what it gives. */
export function functionLines(): string[] {
  return exposedFunctions().map(([name, procedure]) =>
    `${docComment(procedure.comment, '  ')}  ${name}: { args: ${argsType(procedure)}, returns: ${returnType(procedure)} }\n`)
}

function argsType(procedure: Procedure): string {
  const args = splitList(procedure.arguments).map(readArgument)
  if (args.length === 0) return 'Record<string, never>'
  return `{ ${args.map(arg => `${arg.name}${arg.required ? '' : '?'}: ${typesOf(arg)[0]}${arg.required ? '' : ' | null'}`).join(', ')} }`
}

/** `most integer DEFAULT 50`: a default makes it optional. */
function readArgument(text: string): Column {
  const [, name, type, otherwise] = /^"?(\w+)"? (.+?)( DEFAULT .*)?$/.exec(text)!
  return { name: name!, type: type!, required: otherwise === undefined }
}

function returnType({ returns }: Procedure): string {
  const [, columns, set] = /^TABLE\((.*)\)$|^SETOF (.*)$/.exec(returns) ?? []
  if (columns !== undefined) return `${objectType(splitList(columns).map(readArgument))}[]`
  if (set !== undefined) return `${valueType(set)}[]`
  return returns === 'void' ? 'null' : valueType(returns)
}

function valueType(type: string): string {
  const [, name] = /^api_v1\.(\w+)$/.exec(type) ?? []
  if (name === undefined) return typesOf({ name: 'the result', type })[0]
  if (views.includes(name)) return `${pascal(name)}Row`
  return objectType(relation(`type api_v1.${name}`)!.columns)
}

const objectType = (columns: Column[]): string => `{ ${columns.map(column => `${column.name}: ${typesOf(column)[0]} | null`).join(', ')} }`

/** Splits at commas outside of parentheses and quotes. */
function splitList(text: string): string[] {
  return text.match(/(?:[^,('"]|\([^)]*\)|'[^']*'|"[^"]*")+/g)?.map(part => part.trim()) ?? []
}
