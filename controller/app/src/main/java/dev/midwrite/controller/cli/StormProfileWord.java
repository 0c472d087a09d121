package dev.midwrite.controller.cli;

import dev.midwrite.controller.storm.StormProfile;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a profile as documents write it. */
final class StormProfileWord implements ITypeConverter<StormProfile> {
    @Override
    public StormProfile convert(String word) {
        return Arrays.stream(StormProfile.values())
                .filter(profile -> profile.label().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no profile '" + word + "'; there are "
                        + Arrays.stream(StormProfile.values())
                                .map(StormProfile::label)
                                .collect(Collectors.joining(", "))));
    }
}
