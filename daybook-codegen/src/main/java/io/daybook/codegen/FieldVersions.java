package io.daybook.codegen;

/**
 * In which versions a field exists, and how.
 *
 * @param present the versions that have the field
 * @param nullable the versions in which it may be null
 * @param tagged the versions in which it is a tagged field
 * @param tag its tag, or -1
 * @param ignorable a version without the field may drop a value that was set
 * @param neverFlexible keeps the old encoding in all versions
 */
record FieldVersions(
        VersionRange present,
        VersionRange nullable,
        VersionRange tagged,
        int tag,
        boolean ignorable,
        boolean neverFlexible) {
    FieldVersions {
        if (tag < 0 != tagged.isEmpty()) {
            throw new DescriptionException("a tag and its versions come together");
        }
    }

    boolean isTagged() {
        return tag >= 0;
    }
}
