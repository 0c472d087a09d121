package dev.midwrite.probe;
