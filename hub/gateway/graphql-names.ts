/** `samples`, `sample(id:)`, `id` and `patch` instead of `allSamples`, `sampleByRowId`, `rowId` and `samplePatch`. */
export const NamesPlugin: GraphileConfig.Plugin = {
  name: 'PetriNamesPlugin',
  inflection: {
    replace: {
      _attributeName(previous, _options, details) {
        return previous!({ ...details, skipRowId: true })
      },
      patchField: () => 'patch',
      _allRows(_previous, _options, resource) {
        return this.camelCase(this.pluralize(this._singularizedResourceName(resource)))
      },
      rowByUnique(previous, _options, details) {
        const isId = details.unique.attributes.join() === 'id'
        return isId ? this.camelCase(this._singularizedResourceName(details.resource)) : previous!(details)
      },
    },
  },
}
