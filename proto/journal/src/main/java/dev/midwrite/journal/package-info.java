package dev.midwrite.journal;
