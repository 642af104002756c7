/** Something is wrong that the person can put right: one line that says what it is and what to do. */
export class Refusal extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
