import type { ReactElement } from 'react'
import {
  BooleanField, BooleanInput, Create, CreateButton, DataTable, Edit, List, NumberField, NumberInput, SaveButton, SearchInput, SimpleForm, TextInput, Toolbar,
  TopToolbar, required,
} from 'react-admin'
import type { ReferenceField, ReferenceTable } from './tables.ts'

const FORM = { maxWidth: 520, padding: '8px 0' }
const TO_THE_LIST = { redirect: 'list', mutationMode: 'pessimistic' } as const

export function TableList({ table }: { table: ReferenceTable }): ReactElement {
  return (
    <List
      title=" " exporter={false} sort={{ field: 'code', order: 'ASC' }} perPage={25}
      filters={[<SearchInput key="q" source="q" alwaysOn />]} actions={<TopToolbar><CreateButton /></TopToolbar>}
    >
      <DataTable rowClick="edit" bulkActionButtons={false} size="small">
        {table.fields.map(field => (
          <DataTable.Col key={field.name} source={field.name} label={field.label} field={{ text: undefined, number: NumberField, boolean: BooleanField }[field.kind]} />
        ))}
        <DataTable.NumberCol source="version" label="Version" />
      </DataTable>
    </List>
  )
}

export function TableEdit({ table }: { table: ReferenceTable }): ReactElement {
  return (
    <Edit title=" " {...TO_THE_LIST}>
      <SimpleForm sx={FORM} toolbar={<Toolbar><SaveButton /></Toolbar>}>
        {table.fields.map(field => <FieldInput key={field.name} field={field} disabled={field.fixed} />)}
      </SimpleForm>
    </Edit>
  )
}

export function TableCreate({ table }: { table: ReferenceTable }): ReactElement {
  return (
    <Create title=" " redirect="list">
      <SimpleForm sx={FORM} toolbar={<Toolbar><SaveButton /></Toolbar>}>
        {table.fields.map(field => <FieldInput key={field.name} field={field} />)}
      </SimpleForm>
    </Create>
  )
}

function FieldInput({ field, disabled }: { field: ReferenceField; disabled?: boolean }): ReactElement {
  const Input = { text: TextInput, number: NumberInput, boolean: BooleanInput }[field.kind]
  return (
    <Input
      source={field.name} label={field.label} helperText={disabled ? `${field.description} It stays as it was given.` : field.description}
      readOnly={disabled} validate={field.required ? required() : undefined}
    />
  )
}
