"""The benchmark: every figure beside a bare Flask page that is served the same way, in one run."""
