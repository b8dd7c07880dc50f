//! Many calls: what each row becomes, in what order they run, what came of each. No Python here.
