package io.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Counts lines of the sources as they stand; only SQL and the like in a text block does not make a method long. */
class SizeTest {
    private static final int CLASS_LINES = 250;
    private static final int METHOD_LINES = 30;

    @Test
    void a_class_has_at_most_250_lines() throws IOException {
        Set<String> long_ = new TreeSet<>();
        for (Path file : sources()) {
            long lines = Files.readAllLines(file).size();
            if (lines > CLASS_LINES) {
                long_.add(file.getFileName() + ": " + lines);
            }
        }
        assertThat(sources()).hasSizeGreaterThan(100);
        assertThat(long_).isEmpty();
    }

    @Test
    void a_method_has_at_most_30_lines() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(sources()));
            MethodLengths lengths = new MethodLengths(Trees.instance(task).getSourcePositions());
            for (CompilationUnitTree unit : task.parse()) {
                lengths.scan(unit, unit);
            }
            assertThat(lengths.seen).isGreaterThan(300);
            assertThat(lengths.tooLong).isEmpty();
        }
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class MethodLengths extends TreeScanner<Void, CompilationUnitTree> {
        private final SourcePositions positions;
        private final Set<String> tooLong = new TreeSet<>();
        private int seen;

        MethodLengths(SourcePositions positions) {
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            if (method.getBody() != null) {
                measure(method.getName().toString(), method.getBody(), unit);
            }
            return super.visitMethod(method, unit);
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree lambda, CompilationUnitTree unit) {
            measure("a lambda", lambda, unit);
            return super.visitLambdaExpression(lambda, unit);
        }

        /** From the line of the opening brace to that of the closing one. */
        private void measure(String name, Tree body, CompilationUnitTree unit) {
            seen++;
            var lines = unit.getLineMap();
            long from = lines.getLineNumber(positions.getStartPosition(unit, body));
            long to = lines.getLineNumber(positions.getEndPosition(unit, body));
            long length = to - from + 1 - linesOfText(body, unit);
            if (length > METHOD_LINES) {
                tooLong.add("%s in %s: %d"
                        .formatted(name, Path.of(unit.getSourceFile().getName()).getFileName(), length));
            }
        }

        private long linesOfText(Tree body, CompilationUnitTree unit) {
            var lines = unit.getLineMap();
            AtomicLong sum = new AtomicLong();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitLiteral(LiteralTree literal, Void nothing) {
                    sum.addAndGet(lines.getLineNumber(positions.getEndPosition(unit, literal))
                            - lines.getLineNumber(positions.getStartPosition(unit, literal)));
                    return null;
                }
            }.scan(body, null);
            return sum.get();
        }
    }
}
