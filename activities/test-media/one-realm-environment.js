const { TestEnvironment } = require('jest-environment-node');

/** Jest gives each file arrays of its own; onnxruntime makes those of Node, and takes no others. */
module.exports = class OneRealmEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.Float32Array = Float32Array;
  }
};
