package dev.midwrite.agent;
