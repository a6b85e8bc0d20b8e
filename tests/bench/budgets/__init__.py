"""Every budget of processor time that loadmon holds itself to: a bench, so that a busy machine turns no test red."""
