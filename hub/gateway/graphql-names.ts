/** `samples`, `sample(id:)` and `id` instead of `allSamples`, `sampleByRowId` and `rowId`. */
export const NamesPlugin: GraphileConfig.Plugin = {
  name: 'PetriNamesPlugin',
  inflection: {
    replace: {
      _attributeName(previous, _options, details) {
        return previous!({ ...details, skipRowId: true })
      },
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
